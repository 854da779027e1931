-- Clients, their contacts and divisions: read by everybody, so without row-level security.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Spanish tax ids. NIF: number modulo 23 (Orden INT/2058/2008); NIE: X, Y, Z count as 0, 1, 2;
-- CIF: Luhn-like sum of seven digits (Orden EHA/451/2008), control by letter, digit or either.
CREATE FUNCTION spanish_tax_id_is_valid(tax_id text)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = trato, pg_temp AS $$
DECLARE
    digits  text;
    total   integer := 0;
    doubled integer;
    control integer;
BEGIN
    IF tax_id ~ '^[0-9XYZKLM][0-9]{7}[A-Z]$' THEN
        digits := CASE WHEN left(tax_id, 1) IN ('K', 'L', 'M') THEN substr(tax_id, 2, 7)
                       ELSE translate(left(tax_id, 1), 'XYZ', '012') || substr(tax_id, 2, 7) END;
        RETURN right(tax_id, 1) = substr('TRWAGMYFPDXBNJZSQVHLCKE', digits::integer % 23 + 1, 1);
    END IF;
    IF tax_id !~ '^[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]$' THEN
        RETURN false;
    END IF;
    FOR i IN 2..8 LOOP
        IF i % 2 = 0 THEN
            doubled := substr(tax_id, i, 1)::integer * 2;
            total := total + doubled / 10 + doubled % 10;
        ELSE
            total := total + substr(tax_id, i, 1)::integer;
        END IF;
    END LOOP;
    control := (10 - total % 10) % 10;
    RETURN CASE
        WHEN left(tax_id, 1) IN ('A', 'B', 'E', 'H') THEN right(tax_id, 1) = control::text
        WHEN left(tax_id, 1) IN ('N', 'P', 'Q', 'R', 'S', 'W') THEN
            right(tax_id, 1) = substr('JABCDEFGHI', control + 1, 1)
        ELSE right(tax_id, 1) IN (control::text, substr('JABCDEFGHI', control + 1, 1)) END;
END
$$;

CREATE TABLE client (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    legal_name  text,
    tax_id      text,
    address     text,
    city        text,
    postcode    text,
    province    text,
    country     text NOT NULL DEFAULT 'ES',
    phone       text,
    website     text,
    notes       text,
    archived    boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  bigint REFERENCES person DEFAULT my_id(),
    version     integer NOT NULL DEFAULT 1,
    -- What searching reads: folded, in the byte order that every locale shares.
    name_folded text COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(name)) STORED,
    search_text text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
        ' ' || fold(name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(tax_id, '') || ' '
                    || coalesce(city, ''))) STORED,
    CONSTRAINT client_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT client_legal_name_length CHECK (length(legal_name) <= 200),
    CONSTRAINT client_tax_id_length CHECK (length(tax_id) <= 30),
    CONSTRAINT client_tax_id_form CHECK (tax_id = upper(translate(tax_id, ' .-/', ''))),
    CONSTRAINT client_tax_id_valid CHECK (country <> 'ES' OR spanish_tax_id_is_valid(tax_id)),
    CONSTRAINT client_address_length CHECK (length(address) <= 300),
    CONSTRAINT client_city_length CHECK (length(city) <= 100),
    CONSTRAINT client_postcode_length CHECK (length(postcode) <= 15),
    CONSTRAINT client_province_length CHECK (length(province) <= 100),
    CONSTRAINT client_country_form CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT client_phone_length CHECK (length(phone) <= 40),
    CONSTRAINT client_website_length CHECK (length(website) <= 200),
    CONSTRAINT client_notes_length CHECK (length(notes) <= 20000)
);
CREATE UNIQUE INDEX client_tax_id_unique ON client (country, tax_id);
CREATE INDEX client_name_order ON client (name_folded, id);
CREATE INDEX client_search ON client USING gin (search_text gin_trgm_ops);
CREATE TRIGGER next_version BEFORE UPDATE ON client
    FOR EACH ROW EXECUTE FUNCTION next_version();

CREATE TABLE contact (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id bigint NOT NULL REFERENCES client,
    name      text NOT NULL,
    job_title text,
    email     text,
    phone     text,
    mobile    text,
    notes     text,
    active    boolean NOT NULL DEFAULT true,
    version   integer NOT NULL DEFAULT 1,
    UNIQUE (id, client_id),
    CONSTRAINT contact_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT contact_job_title_length CHECK (length(job_title) <= 100),
    CONSTRAINT contact_email_length CHECK (length(email) <= 254),
    CONSTRAINT contact_email_form CHECK (email ~ '^[^@\s]+@[^@\s]+$'),
    CONSTRAINT contact_phone_length CHECK (length(phone) <= 40),
    CONSTRAINT contact_mobile_length CHECK (length(mobile) <= 40),
    CONSTRAINT contact_notes_length CHECK (length(notes) <= 20000)
);
CREATE INDEX contact_client ON contact (client_id);
CREATE TRIGGER next_version BEFORE UPDATE ON contact
    FOR EACH ROW EXECUTE FUNCTION next_version();

CREATE TABLE division (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id bigint NOT NULL REFERENCES client,
    name      text NOT NULL,
    area_id   bigint REFERENCES area,
    notes     text,
    active    boolean NOT NULL DEFAULT true,
    version   integer NOT NULL DEFAULT 1,
    UNIQUE (id, client_id),
    CONSTRAINT division_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT division_notes_length CHECK (length(notes) <= 20000)
);
CREATE UNIQUE INDEX division_name_unique ON division (client_id, fold(name));
CREATE TRIGGER next_version BEFORE UPDATE ON division
    FOR EACH ROW EXECUTE FUNCTION next_version();
