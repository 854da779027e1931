-- The divisions that an offer covers.
SELECT division.id, division.name
  FROM trato.offer_division AS part
  JOIN trato.division ON division.id = part.division_id
 WHERE part.offer_id = $1::bigint
 ORDER BY division.name;
