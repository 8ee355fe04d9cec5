-- Roots of the audit trail that the chain carries, as AuditAnchor announced them. What is anchored is told by this mirror
-- alone: whoever sends a root marks nothing.
create table chain.audit_anchors (
  first_seq bigint primary key,
  last_seq bigint not null,
  root text not null,
  head text not null,
  anchored_by text not null,
  anchored_at bigint not null,
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null
);
