// DuckDB as a long-lived peer: reads SQL from standard input up to a line that
// holds a single dot, runs it, answers with the rows (tab between columns) and a
// line "ok <milliseconds>" or "error <message>". A process that lives through all
// rounds keeps its data cached, as the server does.
//
// Arguments: folder with node_modules, database file, number of threads.

const { createRequire } = require('node:module');
const readline = require('node:readline');

const [folder, file, threads] = process.argv.slice(2);
// the package is installed into the scratch folder, not beside this file
const { DuckDBInstance, version } = createRequire(folder + '/package.json')('@duckdb/node-api');

const oneLine = (text) => String(text).replace(/\s+/g, ' ');

async function main() {
  const instance = await DuckDBInstance.create(file, { threads });
  const connection = await instance.connect();
  console.log('ok ' + version());

  let sql = [];
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line !== '.') {
      sql.push(line);
      continue;
    }
    try {
      const start = performance.now();
      const result = await connection.runAndReadAll(sql.join('\n'));
      const elapsed = performance.now() - start;
      for (const row of result.getRows()) {
        console.log(row.map((value) => (value === null ? '' : String(value))).join('\t'));
      }
      console.log('ok ' + elapsed.toFixed(3));
    } catch (error) {
      console.log('error ' + oneLine(error.message));
    }
    sql = [];
  }
}

main().catch((error) => {
  console.log('error ' + oneLine(error.message));
  process.exitCode = 1;
});
