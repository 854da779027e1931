-- All data of a client ($1), for its screen.
SELECT id, version, name, legal_name, tax_id, address, city, postcode, province, country, phone,
       website, notes, archived
  FROM trato.client WHERE id = $1::bigint;
