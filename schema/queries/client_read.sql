-- Everything of one client that a form can change.
SELECT id, version, name, legal_name, tax_id, address, city, postcode, province, country, phone,
       website, notes
  FROM trato.client WHERE id = $1::bigint;
