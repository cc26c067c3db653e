-- byudv 1.0 to 1.1
\echo Use "ALTER EXTENSION byudv UPDATE" to load this file. \quit
