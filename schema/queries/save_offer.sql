-- A draft, new where $2 is NULL (then in action $4). $7 to $11 are its lines, column by column.
SELECT r->>'id' AS id, r->>'version' AS version
  FROM trato.save_offer($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::text, $6::bigint[],
           (SELECT jsonb_agg(jsonb_build_object('description', line.description,
                                                'quantity', line.quantity,
                                                'unit_price', line.unit_price,
                                                'discount', line.discount, 'vat', line.vat)
                             ORDER BY line.position)
              FROM unnest($7::text[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[])
                   WITH ORDINALITY AS line (description, quantity, unit_price, discount, vat,
                                            position)),
           $12::text, $13::integer, $14::date, $15::date, $16::text, $17::text) AS r;
