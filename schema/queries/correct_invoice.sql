-- $2 the invoice, $3 the version it was based on, $4 series, $5 number, $6 issued on; the amounts
-- in units of the currency.
SELECT r->>'id' AS id, r->>'state' AS state, r->>'version' AS version
  FROM trato.correct_invoice($1::uuid, $2::bigint, $3::integer, $4::text, $5::text, $6::date,
                             ($7::numeric * 100)::bigint, ($8::numeric * 100)::bigint,
                             ($9::numeric * 100)::bigint) AS r;
