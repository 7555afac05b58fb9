-- What the session's transaction has touched, told by its own locks: reading takes ACCESS SHARE, writing ROW EXCLUSIVE and
-- before that the lock of lock_for_writing or of a COPY; a LOCK statement takes ACCESS EXCLUSIVE and counts as neither.
-- Tables of the system and temporary ones never conflict. Beside that, the fate of the transactions asked for, and
-- the horizon below which every snapshot in use sees what has committed.
create or replace function redshift.touched(asked bigint[], changed text)
returns table (what text, number bigint, value text)
language plpgsql security definer as $$
begin
  return query
    select 'self', pg_current_xact_id()::text::bigint, pg_current_snapshot()::text
    union all
    select 'horizon', min(a.backend_xmin::text::bigint), null
    from pg_stat_activity a where a.backend_xmin is not null
    union all
    select 'fate', x, pg_xact_status(x::text::xid8) from unnest(asked) as x
    union all
    select distinct case l.mode when 'AccessShareLock' then 'read' else 'written' end, c.oid::bigint, null
    from pg_locks l join pg_class c on c.oid = l.relation
    where l.locktype = 'relation' and l.granted and l.pid = pg_backend_pid()
      and l.database = (select d.oid from pg_database d where d.datname = current_database())
      and l.mode in ('AccessShareLock', 'RowExclusiveLock', 'ShareRowExclusiveLock')
      and c.relkind = 'r' and c.relpersistence = 'p'
      and c.relnamespace not in
        ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'redshift'::regnamespace)
    union all
    select 'read', c.oid::bigint, null
    from pg_class c where c.oid = to_regclass(changed) and c.relkind = 'r' and c.relpersistence = 'p';
end $$;
