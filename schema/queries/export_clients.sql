-- For `trato export clients`: the columns are the keys of its JSON and the headings of its CSV.
SELECT id, name, legal_name, tax_id, address, city, postcode, province, country, phone, website,
       notes, archived, created_at
  FROM trato.client
 ORDER BY id;
