-- A notice is found by the number of an invoice, with its series or without: that is what a client has before
-- him when he calls.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- What is compared of a number, however it is typed: its letters and digits, from the first one that counts.
CREATE FUNCTION invoice_letters(value text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT nullif(ltrim(upper(regexp_replace(value, '[^[:alnum:]]', '', 'g')), '0'), '')
$$;
CREATE INDEX invoice_found ON invoice (invoice_letters(number));
CREATE INDEX invoice_found_in_series ON invoice (invoice_letters(series || number)) WHERE series <> '';

-- NULL: no invoice is called so.
CREATE FUNCTION notices_of_invoice(p_typed text)
RETURNS bigint[] LANGUAGE sql STABLE STRICT SET search_path = trato, pg_temp AS $$
    SELECT array_agg(notice_id)
      FROM (SELECT notice_id FROM invoice WHERE invoice_letters(number) = invoice_letters(left(p_typed, 80))
            UNION
            SELECT notice_id FROM invoice
             WHERE series <> '' AND invoice_letters(series || number) = invoice_letters(left(p_typed, 80))) AS called_so
     WHERE p_typed ~ '\d'
$$;

-- As before, and what was invoiced under the number that was typed. It is looked up: who types a number knows
-- what he looks for, and it may lie anywhere. But a few digits are the beginning of many offers' numbers, too.
DO $$
DECLARE
    v_change record;
    v_part   integer;
    v_was    text;
BEGIN
    FOR v_change IN VALUES
        ('listed_notices', ARRAY[
            ['    v_fits    CONSTANT text', '    v_invoiced CONSTANT bigint[] := notices_of_invoice(p_typed);
    v_fits    CONSTANT text'],
            ['CASE WHEN is_offer_number(p_typed) THEN 0',
             'CASE WHEN is_offer_number(p_typed) OR (v_invoiced IS NOT NULL AND p_typed !~ ''^\d{1,4}$'') THEN 0'],
            ['LIKE $7'' ELSE '''' END || '')'';',
             'LIKE $7'' ELSE '''' END || CASE WHEN v_invoiced IS NOT NULL THEN '' OR n.id = ANY ($8)'' ELSE '''' END || '')'';'],
            ['substr(typed_pattern(p_typed), 3);', 'substr(typed_pattern(p_typed), 3), v_invoiced;'],
            ['< $8 || chr(1114111)'' ELSE '''' END || '')''',
             '< $8 || chr(1114111)'' ELSE '''' END || CASE WHEN v_invoiced IS NOT NULL THEN '' UNION SELECT unnest($10)'' ELSE '''' END || '')'''],
            ['fold(p_typed), v_words;', 'fold(p_typed), v_words, v_invoiced;']]),
        ('found_own_notices', ARRAY[
            ['WHERE o.id = n.offer_id) LIKE $9'' ELSE '''' END || '')'' END);',
             'WHERE o.id = n.offer_id) LIKE $9'' ELSE '''' END || '' OR n.id = ANY ($10))'' END);'],
            ['substr(typed_pattern(p_typed), 3);', 'substr(typed_pattern(p_typed), 3), notices_of_invoice(p_typed);']])
    LOOP
        SELECT pg_get_functiondef(oid) INTO STRICT v_was FROM pg_proc
         WHERE pronamespace = 'trato'::regnamespace AND proname = v_change.column1;
        FOR v_part IN 1..array_length(v_change.column2, 1) LOOP
            IF position(v_change.column2[v_part][1] IN v_was) = 0 THEN
                RAISE EXCEPTION '% is another function than expected', v_change.column1;
            END IF;
            v_was := replace(v_was, v_change.column2[v_part][1], v_change.column2[v_part][2]);
        END LOOP;
        EXECUTE v_was;
    END LOOP;
END
$$;
