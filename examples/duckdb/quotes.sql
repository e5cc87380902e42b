-- DuckDB over an archive: who was quoted most this year, straight from the files that `kreispresse archive DIR` writes.
--
--   cd DIR && duckdb < quotes.sql        (over the web: INSTALL httpfs; LOAD httpfs; and the full addresses of the files)
--
-- An archive has every event. The present state of a release is its newest event; what was withdrawn or erased since is left out.
CREATE OR REPLACE TEMP VIEW events AS SELECT * FROM read_parquet('segments/*.parquet');

CREATE OR REPLACE TEMP VIEW present AS
SELECT * FROM (SELECT * FROM events QUALIFY row_number() OVER (PARTITION BY id ORDER BY sequence DESC) = 1)
WHERE status = 'current';

SELECT q.speaker AS speaker, count(*) AS quotes, count(DISTINCT id) AS releases, max(published_date) AS last
FROM present, unnest(quotes) AS u(q)
WHERE q.speaker IS NOT NULL
GROUP BY speaker
ORDER BY quotes DESC, speaker
LIMIT 20;
