/*
 * GMime, which reads mail, and what it needs of GLib. They are loaded when the
 * first mail is read and not with the program: 13 libraries hang on them, which
 * would cost each start of the screens some milliseconds. Only for mail_*.c.
 */
#ifndef TRATO_CLI_MAIL_GMIME_H
#define TRATO_CLI_MAIL_GMIME_H

#include <gmime/gmime.h>

#include <base/err.h>
#include <base/library.h>

/* What they allocate is freed by free(): GLib's memory is malloc's since 2.46. */
#define MAIL_GMIME(X)                                  \
	X(g_checksum_free)                             \
	X(g_checksum_get_string)                       \
	X(g_checksum_new)                              \
	X(g_checksum_update)                           \
	X(g_date_time_to_unix)                         \
	X(g_mime_content_type_get_mime_type)           \
	X(g_mime_content_type_get_parameter)           \
	X(g_mime_content_type_is_type)                 \
	X(g_mime_data_wrapper_get_encoding)            \
	X(g_mime_data_wrapper_get_stream)              \
	X(g_mime_filter_basic_new)                     \
	X(g_mime_init)                                 \
	X(g_mime_message_get_bcc)                      \
	X(g_mime_message_get_cc)                       \
	X(g_mime_message_get_date)                     \
	X(g_mime_message_get_from)                     \
	X(g_mime_message_get_message_id)               \
	X(g_mime_message_get_mime_part)                \
	X(g_mime_message_get_sender)                   \
	X(g_mime_message_get_subject)                  \
	X(g_mime_message_get_to)                       \
	X(g_mime_message_get_type)                     \
	X(g_mime_message_part_get_message)             \
	X(g_mime_message_part_get_type)                \
	X(g_mime_multipart_get_count)                  \
	X(g_mime_multipart_get_part)                   \
	X(g_mime_multipart_get_type)                   \
	X(g_mime_object_get_content_type)              \
	X(g_mime_object_get_disposition)               \
	X(g_mime_object_get_header)                    \
	X(g_mime_object_write_to_stream)               \
	X(g_mime_parser_construct_message)             \
	X(g_mime_parser_new_with_stream)               \
	X(g_mime_parser_options_free)                  \
	X(g_mime_parser_options_new)                   \
	X(g_mime_parser_options_set_fallback_charsets) \
	X(g_mime_part_get_content)                     \
	X(g_mime_part_get_filename)                    \
	X(g_mime_part_get_type)                        \
	X(g_mime_references_free)                      \
	X(g_mime_references_get_message_id)            \
	X(g_mime_references_length)                    \
	X(g_mime_references_parse)                     \
	X(g_mime_stream_filter_add)                    \
	X(g_mime_stream_filter_new)                    \
	X(g_mime_stream_mem_new_with_buffer)           \
	X(g_mime_stream_null_new)                      \
	X(g_mime_stream_read)                          \
	X(g_mime_stream_reset)                         \
	X(g_object_unref)                              \
	X(g_type_check_instance_is_a)                  \
	X(internet_address_group_get_members)          \
	X(internet_address_group_get_type)             \
	X(internet_address_list_get_address)           \
	X(internet_address_list_length)                \
	X(internet_address_list_to_string)             \
	X(internet_address_mailbox_get_addr)           \
	X(internet_address_mailbox_get_type)

struct mail_gmime {
	MAIL_GMIME(LIBRARY_FIELD)
};

/* NULL where it is not installed: err (ERR_REFUSED). Stays loaded. */
const struct mail_gmime *mail_gmime(struct err *err);

#endif
