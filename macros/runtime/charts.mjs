// Draws charts with ECharts' server-side rendering: node charts.mjs ECHARTS
// reads [{"options", "width", "height"}, …] from stdin, prints the SVGs as a JSON array of strings.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const { default: echarts } = await import(pathToFileURL(process.argv[2]).href);
const svgs = JSON.parse(fs.readFileSync(0, "utf8")).map(({ options, width, height }) => {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ ...options, animation: false });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
});
process.stdout.write(JSON.stringify(svgs), () => process.exit(0)); // ECharts' timers would keep Node alive
