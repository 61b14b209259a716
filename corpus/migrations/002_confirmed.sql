-- Dates that a human confirmed or corrected: they win over what texts and manifests say.

CREATE TABLE confirmed (  -- 人工确认的日期; an edition is named by title and date, so that it keeps them when read anew
    edition TEXT NOT NULL,
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,  -- ISO and may be cut; '' for unknown (不详) or never (无)
    person  TEXT NOT NULL,
    note    TEXT NOT NULL,
    at      TEXT NOT NULL,  -- UTC
    PRIMARY KEY (edition, field)
) WITHOUT ROWID;
