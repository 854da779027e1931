SELECT trato.leave_watch($1::bigint, $2::uuid);
