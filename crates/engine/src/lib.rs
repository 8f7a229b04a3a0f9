//! What every record can do: create, change, delete, restore, merge, import, export, undo; users, roles, jobs.
