-- Lets a GiST exclusion constraint compare a plain bigint beside a range.
create extension if not exists btree_gist;
