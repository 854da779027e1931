-- Chance, time and words for the generator. Part of demo.sql. The functions are plain enough for
-- the planner to inline them.

-- Chance without chance: the same number and salt always give the same.
CREATE FUNCTION pick(n bigint, salt integer, choices integer)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(n, salt) & 9223372036854775807) % choices)::integer
$$;

-- 0 <= part < 1
CREATE FUNCTION part(n bigint, salt integer)
RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, salt) & 1048575)::float8 / 1048576
$$;

CREATE FUNCTION one(list text[], n bigint, salt integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT list[1 + ((hashint8extended(n, salt) & 9223372036854775807) % cardinality(list))::integer]
$$;

-- All of the past is planned in "working days ago": 3.25 lies in the third working day before
-- today, a quarter of a day before its end at half past six. What is planned earlier thus also
-- happens earlier, and nobody works on Sundays.
SELECT format($f$
    CREATE FUNCTION moment(ago float8)
    RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
        SELECT (%L::date + 7 * floor((%s - floor(ago)) / 5)::integer
                + mod(%s - floor(ago)::integer + 100000, 5) + time '18:30'
                - (ago - floor(ago)) * interval '10 hours') AT TIME ZONE 'Europe/Madrid'
    $$ $f$, :'monday', :'weekday', :'weekday')
\gexec

CREATE FUNCTION local_date(at timestamptz)
RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (at AT TIME ZONE 'Europe/Madrid')::date
$$;

-- What a name becomes in an address.
CREATE FUNCTION plain(value text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT btrim(regexp_replace(
        translate(lower(value), 'áàâäéèêëíìîïóòôöúùûüñçÁÀÉÈÍÏÓÒÚÜÑÇ', 'aaaaeeeeiiiioooouuuuncaaeeiioouunc'),
        '[^a-z0-9]+', '-', 'g'), '-')
$$;

-- The control character of a CIF; the table's own check proves it.
CREATE FUNCTION cif(letter text, number integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT letter || digits || CASE WHEN letter IN ('P', 'Q', 'R', 'S') THEN substr('JABCDEFGHI', control + 1, 1)
                                    ELSE control::text END
      FROM (SELECT lpad(number::text, 7, '0') AS digits,
                   (10 - (substr('0246813579', number / 1000000 % 10 + 1, 1)::integer
                          + number / 100000 % 10
                          + substr('0246813579', number / 10000 % 10 + 1, 1)::integer
                          + number / 1000 % 10
                          + substr('0246813579', number / 100 % 10 + 1, 1)::integer
                          + number / 10 % 10
                          + substr('0246813579', number % 10 + 1, 1)::integer) % 10) % 10 AS control) AS computed
$$;

CREATE FUNCTION nif(number integer)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT lpad(number::text, 8, '0') || substr('TRWAGMYFPDXBNJZSQVHLCKE', number % 23 + 1, 1)
$$;

CREATE FUNCTION first_names() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{María,José,Carmen,Antonio,Ana Belén,Francisco,Isabel,Manuel,Laura,David,Cristina,Javier,
        Marta,Daniel,Lucía,Carlos,Sara,Miguel Ángel,Paula,Rafael,Elena,Pedro,Raquel,Ángel,Rocío,
        Alejandro,Begoña,Fernando,Inés,Sergio,Nuria,Pablo,Montserrat,Jorge,Núria,Jordi,Mercè,Andreu,
        Ainhoa,Iñaki,Maite,Gorka,Uxía,Brais,Sabela,Xosé,Concepción,Óscar,Verónica,Íñigo}'::text[]
$$;

CREATE FUNCTION surnames() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{García,Rodríguez,González,Fernández,López,Martínez,Sánchez,Pérez,Gómez,Martín,Jiménez,
        Ruiz,Hernández,Díaz,Moreno,Muñoz,Álvarez,Romero,Alonso,Gutiérrez,Navarro,Torres,Domínguez,
        Vázquez,Ramos,Gil,Ramírez,Serrano,Blanco,Molina,Morales,Suárez,Ortega,Delgado,Castro,Ortiz,
        Rubio,Marín,Sanz,Núñez,Iglesias,Medina,Garrido,Cortés,Castillo,Santos,Lozano,Guerrero,Cano,
        Prieto,Méndez,Cruz,Calvo,Gallego,Vidal,León,Márquez,Herrera,Peña,Flores,Cabrera,Campos,Vega,
        Fuentes,Carrasco,Diez,Caballero,Reyes,Nieto,Aguilar,Pascual,Santana,Herrero,Montero,Hidalgo,
        Giménez,Ibáñez,Ferrer,Puig,Soler,Vila,Roca,Serra,Bosch,Pujol,Güell,Gonçalves,Etxeberria,
        Agirre,Zabala,Goikoetxea,Mendizábal,Urrutia,Otero,Piñeiro,Seoane,Rivas,Lago,Bermúdez,
        de la Fuente,San Martín,Ordóñez,Yáñez,Quiñones,Núñez de Balboa}'::text[]
$$;

-- Town|province|first two digits of the postcode|first three of the telephone
CREATE FUNCTION towns() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Madrid|Madrid|28|914,Alcalá de Henares|Madrid|28|918,Getafe|Madrid|28|916,
        Sevilla|Sevilla|41|954,Écija|Sevilla|41|955,Valencia|Valencia|46|963,Gandía|Valencia|46|962,
        Zaragoza|Zaragoza|50|976,Calatayud|Zaragoza|50|976,Málaga|Málaga|29|952,Vélez-Málaga|Málaga|29|952,
        Murcia|Murcia|30|968,Cartagena|Murcia|30|968,Valladolid|Valladolid|47|983,Peñafiel|Valladolid|47|983,
        Córdoba|Córdoba|14|957,Peñarroya-Pueblonuevo|Córdoba|14|957,Granada|Granada|18|958,
        Burgos|Burgos|09|947,Aranda de Duero|Burgos|09|947,León|León|24|987,La Bañeza|León|24|987,
        Salamanca|Salamanca|37|923,Toledo|Toledo|45|925,Talavera de la Reina|Toledo|45|925,
        Ciudad Real|Ciudad Real|13|926,Valdepeñas|Ciudad Real|13|926,Albacete|Albacete|02|967,
        Badajoz|Badajoz|06|924,Mérida|Badajoz|06|924,Cáceres|Cáceres|10|927,Logroño|La Rioja|26|941,
        Haro|La Rioja|26|941,Pamplona|Navarra|31|948,Tudela|Navarra|31|948,Santander|Cantabria|39|942,
        Oviedo|Asturias|33|985,Gijón|Asturias|33|985,Jaén|Jaén|23|953,Úbeda|Jaén|23|953,
        Cádiz|Cádiz|11|956,Jerez de la Frontera|Cádiz|11|956,Huelva|Huelva|21|959,Almería|Almería|04|950,
        Alicante|Alicante|03|965,Alcoy|Alicante|03|965,Castellón de la Plana|Castellón|12|964,
        Onda|Castellón|12|964,Palma|Illes Balears|07|971,Las Palmas de Gran Canaria|Las Palmas|35|928,
        San Cristóbal de La Laguna|Santa Cruz de Tenerife|38|922,Soria|Soria|42|975,Ávila|Ávila|05|920}'::text[]
$$;
CREATE FUNCTION catalan_towns() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Barcelona|Barcelona|08|932,L’Hospitalet de Llobregat|Barcelona|08|933,Terrassa|Barcelona|08|937,
        Vic|Barcelona|08|938,Girona|Girona|17|972,La Bisbal d’Empordà|Girona|17|972,Lleida|Lleida|25|973,
        Tàrrega|Lleida|25|973,Tarragona|Tarragona|43|977,Reus|Tarragona|43|977,
        Vilafranca del Penedès|Barcelona|08|938}'::text[]
$$;
CREATE FUNCTION basque_towns() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Bilbao|Bizkaia|48|944,Barakaldo|Bizkaia|48|944,Gernika-Lumo|Bizkaia|48|946,
        Donostia / San Sebastián|Gipuzkoa|20|943,Errenteria|Gipuzkoa|20|943,Arrasate / Mondragón|Gipuzkoa|20|943,
        Vitoria-Gasteiz|Araba/Álava|01|945,Laguardia|Araba/Álava|01|945}'::text[]
$$;
CREATE FUNCTION galician_towns() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{A Coruña|A Coruña|15|981,Santiago de Compostela|A Coruña|15|981,Ferrol|A Coruña|15|981,
        Vigo|Pontevedra|36|986,Cambados|Pontevedra|36|986,Lugo|Lugo|27|982,Ourense|Ourense|32|988,
        O Carballiño|Ourense|32|988}'::text[]
$$;
-- Town|region|postcode|telephone|country, two of each country.
CREATE FUNCTION foreign_towns() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Lisboa|Lisboa|1100-148|+351 21|PT,Porto|Porto|4000-322|+351 22|PT,
        Toulouse|Haute-Garonne|31000|+33 5|FR,Lyon|Rhône|69002|+33 4|FR,
        Köln|Nordrhein-Westfalen|50667|+49 221|DE,München|Bayern|80331|+49 89|DE,
        Torino|Piemonte|10121|+39 011|IT,Genova|Liguria|16121|+39 010|IT,
        Łódź|Łódzkie|90-001|+48 42|PL,Wrocław|Dolnośląskie|50-101|+48 71|PL}'::text[]
$$;

CREATE FUNCTION fancies() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Ibérica,del Duero,Sierra Morena,Levante,del Ebro,La Mancha,San Isidro,Costa Brava,Moncayo,
        Peña Blanca,Montaña,Guadiana,del Sur,Cantábrico,Santa Águeda,Las Viñas,Monte Perdido,Aníbal,
        Hispania,El Greco,Alcázar,Tres Caños,La Española,Miño,Numancia,Puerta del Sol,Miramar,Picón,
        Santa Bárbara,San Andrés,Nuestra Señora del Rocío,Virgen de la Peña,Cervantes,Goya,Ramón y Cajal,
        Clara Campoamor,Doña Jimena,Almanzor,Torrelaguna,Valdeolmos}'::text[]
$$;

-- Name|legal form|trade|where (x: abroad)|its first town abroad.
-- <A> surname, <B> another, <T> town, <F> fancy name.
CREATE FUNCTION companies() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Seguridad <F>|A|security|,Vigilancia y Protección <A>|B|security|,Alarmas <A> y <B>|B|security|,
        Limpiezas <A>|B|services|,Servicios Integrales <F>|A|services|,Multiservicios <A> e Hijos|B|services|,
        Catering <F>|B|catering|,Restauración Colectiva <A>|A|catering|,Obrador <A> Hermanos|B|catering|,
        Panadería <A>|D|catering|,Industrias <A>|A|industry|,Talleres Mecánicos <A> y <B>|B|industry|,
        Fundiciones <F>|A|industry|,Metalúrgica <F> de <T>|A|industry|,Aceros <A>|B|industry|,
        Plásticos <F>|B|industry|,Bodegas <F>|B|wine|,Viñedos <A> y <B>|B|wine|,Bodega <A> Ibáñez|B|wine|,
        Cooperativa Vitivinícola de <T>|F|wine|,Cerámicas <F>|A|ceramics|,Azulejos <A>|B|ceramics|,
        Porcelánicos <A> y Peñarroya|B|ceramics|,Logística <F>|A|logistics|,Transportes <A> e Hijos|B|logistics|,
        Almacenes <A>|B|logistics|,Mensajería Exprés <F>|B|logistics|,
        Hospital Universitario <F> de <T>|S|hospital|,Clínica <F>|A|hospital|,Residencia de Mayores <F>|G|hospital|,
        Ayuntamiento de <T>|P|townhall|,Mancomunidad de Municipios <F>|P|townhall|,
        Diputación de <T> - Área de Contratación|P|townhall|,Colegio <F>|R|school|,IES <F>|Q|school|,
        CEIP <F> de <T>|Q|school|,Academia <A>|D|school|,Conservas <A>|B|industry|,Hoteles <F>|A|hotel|,
        Gran Hotel <F> de <T>|A|hotel|,Farmacia <A> <B>|D|hospital|,
        Sociedad Cooperativa Agroalimentaria y de Servicios Múltiples <F> de <T>|F|wine|,
        Agrupación de Interés Económico para la Gestión de Aguas y Residuos Industriales de <T> y su Comarca|V|services|,
        Ceràmiques <A> i Fills|B|ceramics|ca,Transports <A> Germans|B|logistics|ca,
        Fundació Hospital Comarcal de <T>|G|hospital|ca,Caves <A> i <B>|A|wine|ca,Ajuntament de <T>|P|townhall|ca,
        <A> eta Semeak Garbiketak|B|services|eu,Euskal Makina-Erreminta <F>|A|industry|eu,
        Ikastola <T>|F|school|eu,<T>ko Udala|P|townhall|eu,Sagardotegia <A>|B|wine|eu,
        Conservas e Mariscos <A>|B|industry|gl,Concello de <T>|P|townhall|gl,Adegas <A> e <B>|B|wine|gl,
        Estaleiros <A>|A|industry|gl,Transportes e Loxística <A>|B|logistics|gl,
        <A> & Weiß Maschinenbau GmbH|X|industry|x|5,Vinhos <A> Lda.|X|wine|x|1,
        Société Générale de Céramique <A>|X|ceramics|x|3,Fratelli <A> Spedizioni S.r.l.|X|logistics|x|7,
        Łańcuch Dostaw <A> sp. z o.o.|X|logistics|x|9}'::text[]
$$;

-- Six neighbours in a list are the divisions of one client. Name|what is sold to it
CREATE FUNCTION divisions(trade text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
    WHEN trade IN ('industry', 'ceramics') THEN '{Planta Norte|1,Planta Sur|2,Oficinas Centrales|2,Formación|3,
        Almacén|6,Vigilancia|1,Mantenimiento|4,Delegación Levante|1,Prevención de Riesgos|7,Laboratorio|2}'::text[]
    WHEN trade = 'wine' THEN '{Bodega|1,Viñedo y Campo|4,Embotellado|2,Enoturismo|5,Almacén|6,Tienda|2,
        Oficinas|2,Exportación|6,Formación|3}'::text[]
    WHEN trade = 'logistics' THEN '{Almacén Central|1,Delegación Sur|6,Delegación Norte|6,Flota|4,Oficinas|2,
        Aduanas|6,Formación|3,Vigilancia|1,Plataforma Logística|1}'::text[]
    WHEN trade = 'hospital' THEN '{Urgencias|1,Hospital de Día|2,Cocina|5,Consultas Externas|2,Lavandería|2,
        Formación Continuada|3,Aparcamiento|1,Mantenimiento|4,Edificio Materno-Infantil|1}'::text[]
    WHEN trade = 'townhall' THEN '{Casa Consistorial|2,Parques y Jardines|8,Polideportivo Municipal|1,
        Colegios Públicos|2,Fiestas y Cultura|5,Policía Local|1,Biblioteca Municipal|2,
        Formación y Empleo|3,Cementerio|8}'::text[]
    WHEN trade = 'school' THEN '{Comedor Escolar|5,Edificio de Infantil|2,Edificio de Secundaria|2,
        Gimnasio|2,Secretaría|7,Formación Profesional|3,Patio y Jardín|8,Transporte Escolar|6}'::text[]
    WHEN trade = 'hotel' THEN '{Recepción|1,Cocina y Restaurante|5,Pisos|2,Mantenimiento|4,Jardines y Piscina|8,
        Eventos y Congresos|5,Formación|3,Aparcamiento|1}'::text[]
    ELSE '{Dirección General|2,Formación|3,Vigilancia|1,Delegación Sur|1,Delegación Noroeste|1,Almacén|6,
        Recursos Humanos|7,Compras|6,Mantenimiento|4,Cocina Central|5}'::text[] END
$$;

-- In the order that the numbers above mean.
CREATE FUNCTION areas() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT '{Seguridad,Limpieza,Formación,Mantenimiento,Restauración colectiva,Logística,
        Prevención de riesgos,Jardinería}'::text[]
$$;

-- Description|price|VAT
CREATE FUNCTION services(area integer) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE area
    WHEN 1 THEN '{Vigilante de seguridad 24 h (mes)|6120.00|21,Control de accesos en días laborables (mes)|2380.50|21,
        Instalación de cámaras de videovigilancia|389.90|21,Conexión a central receptora de alarmas (mes)|42.75|21,
        Ronda nocturna con acuda (mes)|780.00|21}'::text[]
    WHEN 2 THEN '{Limpieza diaria de oficinas (mes)|1450.00|21,Limpieza de cristales en altura|620.00|21,
        Desinfección de zonas comunes|310.40|21,Limpieza de final de obra|1875.00|21,
        Suministro de higiene para aseos (mes)|96.30|21}'::text[]
    WHEN 3 THEN '{Curso de carretillas elevadoras (grupo de 12)|1180.00|0,Curso de primeros auxilios (grupo de 15)|840.00|0,
        Manipulador de alimentos en línea|19.90|0,Taller de ventas para mandos intermedios|1620.00|0,
        Plan de formación anual: diseño y gestión|2950.00|21}'::text[]
    WHEN 4 THEN '{Mantenimiento preventivo de climatización (trimestre)|690.00|21,Técnico residente (mes)|3140.00|21,
        Revisión de baja tensión|455.00|21,Bolsa de 50 horas de oficios|1425.00|21,Sustitución de luminarias LED|38.65|21}'::text[]
    WHEN 5 THEN '{Menú diario por comensal|6.85|10,Desayuno de trabajo por persona|9.40|10,
        Servicio de camareros (jornada)|162.00|21,Menú escolar por alumno y día|5.12|10,Cóctel de gala por persona|34.50|10}'::text[]
    WHEN 6 THEN '{Almacenaje por palé y mes|7.20|21,Transporte nacional por palé|58.30|21,
        Preparación de pedidos (bulto)|0.4275|21,Despacho de aduanas|145.00|21,Carretillero (jornada)|171.00|21}'::text[]
    WHEN 7 THEN '{Servicio de prevención ajeno (año)|1890.00|21,Reconocimiento médico|48.00|0,
        Evaluación de riesgos por puesto|95.00|21,Plan de emergencia y simulacro|1340.00|21}'::text[]
    ELSE '{Mantenimiento de jardines (mes)|870.00|21,Poda de arbolado (por árbol)|64.50|21,
        Riego automático: proyecto e instalación|2460.00|21,Tratamiento fitosanitario|215.80|21}'::text[] END
$$;
