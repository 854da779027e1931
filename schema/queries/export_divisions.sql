-- For `trato export divisions`: the columns are the keys of its JSON and the headings of its CSV,
-- which import knows.
SELECT division.id, client.name AS client, client.tax_id AS client_tax_id, division.name,
       area.name AS area, division.notes, division.active
  FROM trato.division
  JOIN trato.client ON client.id = division.client_id
  LEFT JOIN trato.area ON area.id = division.area_id
 ORDER BY division.id;
