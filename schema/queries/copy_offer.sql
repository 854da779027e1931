-- Copies an offer ($2) into a draft of that action ($3; NULL: its own), for those divisions ($4).
SELECT r->>'id' AS id
  FROM trato.copy_offer($1::uuid, $2::bigint,
           coalesce($3::bigint, (SELECT action_id FROM trato.offer WHERE id = $2)),
           $4::bigint[]) AS r;
