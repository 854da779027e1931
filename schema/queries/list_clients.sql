-- For `trato list clients`: the columns are the keys of its JSON.
SELECT id, name, legal_name, tax_id, city, province, country, phone, website, archived, created_at
  FROM trato.client
 ORDER BY name_folded, id;
