-- UUIDs are text in lower case, moments are milliseconds since 1970, flags are 0 and 1.
-- Checks compare one by one: for IN with more than two values SQLite fills a temporary table per row that it writes.
-- Events and steps have no foreign key: SQLite obeys one only on connections that ask for it, and looks the run up once
-- more for every row. So the first event of a run that never comes is not refused.

-- The run row is the queue entry. Narrow, because it is written with every commit; what triggers look at comes first.
CREATE TABLE ar_runs (
  id TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL CHECK (status = 'QUEUED' OR status = 'RUNNING' OR status = 'COMPLETED' OR status = 'FAILED'
    OR status = 'CANCELED'),
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  last_seq INTEGER NOT NULL CHECK (last_seq >= 1),
  finished_at INTEGER,
  waiting TEXT CHECK (waiting = 'PAUSED' OR waiting = 'TIMER' OR waiting = 'SIGNAL' OR waiting = 'APPROVAL'
    OR waiting = 'CHILD' OR waiting = 'RETRY'),
  wake_at INTEGER,
  ready_at INTEGER,
  queue TEXT NOT NULL,
  priority INTEGER NOT NULL,
  node TEXT,
  cancel_requested INTEGER NOT NULL CHECK (cancel_requested IN (0, 1)),
  pause_requested INTEGER NOT NULL CHECK (pause_requested IN (0, 1)),
  recoveries INTEGER NOT NULL CHECK (recoveries >= 0),
  woken INTEGER NOT NULL CHECK (woken IN (0, 1)),
  claimed_at INTEGER,
  workflow TEXT NOT NULL,
  version TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  CONSTRAINT "INV-1: a run that has not started cannot have completed or failed"
    CHECK (status IN ('QUEUED', 'CANCELED') OR started_at IS NOT NULL),
  CONSTRAINT "INV-1: exactly a terminal run has finished"
    CHECK ((finished_at IS NOT NULL) = (status NOT IN ('QUEUED', 'RUNNING'))),
  CONSTRAINT "INV-6: a held or finished run cannot be ready"
    CHECK (ready_at IS NULL OR (node IS NULL AND finished_at IS NULL)),
  CONSTRAINT "INV-6: a finished run cannot be held"
    CHECK (node IS NULL OR finished_at IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX ar_runs_ready ON ar_runs (workflow, version, queue, priority, (claimed_at IS NULL), ready_at, id)
  WHERE ready_at IS NOT NULL;
CREATE INDEX ar_runs_held ON ar_runs (node, queue) WHERE node IS NOT NULL;
CREATE INDEX ar_runs_first_claims ON ar_runs (queue, claimed_at) WHERE claimed_at IS NOT NULL;
CREATE INDEX ar_runs_finished ON ar_runs (finished_at, id) WHERE finished_at IS NOT NULL;
CREATE INDEX ar_runs_status ON ar_runs (status, id);
CREATE INDEX ar_runs_workflow ON ar_runs (workflow, id);

-- What a run is created with and keeps for life.
CREATE TABLE ar_run_details (
  run_id TEXT NOT NULL PRIMARY KEY REFERENCES ar_runs (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT,
  labels TEXT NOT NULL,
  parent_run_id TEXT,
  forked_from TEXT,
  idempotency_key TEXT UNIQUE
) STRICT, WITHOUT ROWID;

CREATE INDEX ar_run_details_parent ON ar_run_details (parent_run_id) WHERE parent_run_id IS NOT NULL;
CREATE INDEX ar_run_details_forks ON ar_run_details (forked_from) WHERE forked_from IS NOT NULL;

-- The labels once more, for finding runs by them.
CREATE TABLE ar_run_labels (
  label TEXT NOT NULL,
  value TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES ar_runs (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (run_id, label)
) STRICT, WITHOUT ROWID;

CREATE INDEX ar_run_labels_values ON ar_run_labels (label, value, run_id);

CREATE TABLE ar_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id >= 1),
  run_id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  type TEXT NOT NULL,
  step_id TEXT,
  payload TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (run_id, seq)
) STRICT;

CREATE TABLE ar_steps (
  run_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status = 'PENDING' OR status = 'RUNNING' OR status = 'COMPLETED' OR status = 'FAILED'
    OR status = 'CANCELED' OR status = 'SKIPPED'),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  started_seq INTEGER NOT NULL,
  outcome_seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  PRIMARY KEY (run_id, id),
  CONSTRAINT "INV-2: exactly a terminal step has finished"
    CHECK ((finished_at IS NOT NULL) = (status NOT IN ('PENDING', 'RUNNING')))
) STRICT, WITHOUT ROWID;

-- What was spent on a step. A table of its own, so that steps that ask no language model pay nothing for it. The cost is
-- text, because SQLite has no exact type for amounts.
CREATE TABLE ar_usage (
  run_id TEXT NOT NULL,
  step_id TEXT NOT NULL,
  calls INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_usd TEXT,
  PRIMARY KEY (run_id, step_id)
) STRICT, WITHOUT ROWID;

-- The position orders the artifacts of a run as they were made.
CREATE TABLE ar_artifacts (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES ar_runs (id) DEFERRABLE INITIALLY DEFERRED,
  step_id TEXT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  sha256 TEXT NOT NULL,
  uri TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (run_id, id)
) STRICT;

CREATE INDEX ar_artifacts_sha256 ON ar_artifacts (sha256);

CREATE TABLE ar_nodes (
  id TEXT NOT NULL PRIMARY KEY,
  started_at INTEGER NOT NULL,
  last_heartbeat INTEGER NOT NULL,
  capacity INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is left of a purged run; only its presence allows the run's rows to be deleted.
CREATE TABLE ar_tombstones (
  run_id TEXT NOT NULL PRIMARY KEY,
  workflow TEXT NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  purged_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Bytes of artifacts. A blob counts only once it is complete; one that never got so is swept like an unlisted one.
CREATE TABLE ar_blobs (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL CHECK (size >= 0),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  touched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ar_blobs_touched ON ar_blobs (touched_at, sha256);

CREATE TABLE ar_blob_chunks (
  sha256 TEXT NOT NULL REFERENCES ar_blobs (sha256) ON DELETE CASCADE,
  n INTEGER NOT NULL CHECK (n >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (sha256, n)
) STRICT;

-- Keys to the calls of a server; of the secret there is only the sum.
CREATE TABLE ar_keys (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Who has shown a key; of the token that they show since there is only the sum.
CREATE TABLE ar_sessions (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  key_id TEXT NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ar_sessions_end ON ar_sessions (ends_at);

-- Who did what. The ids are 1..n without gaps.
CREATE TABLE ar_audit (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT,
  outcome TEXT NOT NULL,
  address TEXT,
  details TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
