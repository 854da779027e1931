-- Everything of one client that a form can change, and whether it is out of use by now.
SELECT client.id, client.version, client.name, client.legal_name, client.tax_id, client.address,
       client.city, client.postcode, client.province, client.country, client.phone, client.website,
       client.notes, client.archived, successor.name AS successor
  FROM trato.client
  LEFT JOIN trato.client AS successor ON successor.id = client.merged_into
 WHERE client.id = $1::bigint;
