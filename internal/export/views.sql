-- The newest revision of each release that the file has: what was withdrawn is marked, what was corrected is as corrected.
CREATE VIEW latest_releases AS
SELECT * FROM releases AS r
WHERE NOT EXISTS (SELECT 1 FROM releases AS later WHERE later.id = r.id AND later.revision > r.revision);

-- Who said what, where and when, in the releases that are up. Call-outs, which repeat a quote of the text, are left out.
CREATE VIEW latest_quotes AS
SELECT r.published_date, r.published_time, r.state, r.source_name, q.speaker, q.role, q.quote, q.kind, q.speaker_kind, r.title, r.lead, r.url,
       r.source_id, r.id AS release_id, r.revision, q.number
FROM quotes AS q JOIN latest_releases AS r ON r.id = q.release_id AND r.revision = q.revision
WHERE r.status = 'current' AND q.kind <> 'pull';

-- How much each source published in a month. Releases without a day of publication stand under the month NULL.
CREATE VIEW releases_by_month AS
SELECT substr(published_date, 1, 7) AS month, state, source_id, max(source_name) AS source_name,
       count(*) AS releases, sum(status = 'withdrawn') AS withdrawn, sum(quotes) AS quotes
FROM latest_releases GROUP BY month, state, source_id;

-- Who is quoted, and how often. A name is a person within one source; over several it may be two.
CREATE VIEW speakers AS
SELECT speaker, speaker_kind, source_id, max(source_name) AS source_name, max(state) AS state, count(*) AS quotes,
       count(DISTINCT release_id) AS releases, min(published_date) AS first_date, max(published_date) AS last_date
FROM latest_quotes WHERE speaker IS NOT NULL GROUP BY speaker, speaker_kind, source_id;

-- Pictures of the releases that are up, with what is known of who made them.
CREATE VIEW latest_images AS
SELECT r.published_date, r.state, r.source_name, i.image, i.alt, i.caption, coalesce(c.credit, i.credit) AS credit, c.holder, c.agency, r.title, r.url,
       r.source_id, r.id AS release_id, r.revision, i.number
FROM images AS i JOIN latest_releases AS r ON r.id = i.release_id AND r.revision = i.revision
LEFT JOIN credits AS c ON c.release_id = i.release_id AND c.revision = i.revision
  AND c.number = (SELECT min(one.number) FROM credits AS one
                  WHERE one.release_id = i.release_id AND one.revision = i.revision AND one.image = i.image)
WHERE r.status = 'current';

-- Whose pictures, and in how many releases that are up. images counts those addresses that the page ties to the credit.
CREATE VIEW picture_credits AS
SELECT c.holder, c.agency, count(DISTINCT r.id) AS releases, count(DISTINCT c.image) AS images, count(DISTINCT r.source_id) AS sources,
       min(r.published_date) AS first_date, max(r.published_date) AS last_date
FROM credits AS c JOIN latest_releases AS r ON r.id = c.release_id AND r.revision = c.revision
WHERE r.status = 'current' AND (c.holder IS NOT NULL OR c.agency IS NOT NULL) GROUP BY c.holder, c.agency;
