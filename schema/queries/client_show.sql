-- All data of a client ($1), for its screen.
SELECT id, version, name, legal_name, tax_id, address, city, postcode, province, country, phone,
       website, notes, archived,
       (SELECT other.name FROM trato.client AS other WHERE other.id = client.merged_into) AS successor
  FROM trato.client WHERE id = $1::bigint;
