// What csp_evaluator says of policies: a JSON list of them comes in, a list of the findings for each goes out.
import { readFileSync } from "node:fs";
import evaluator from "csp_evaluator/dist/evaluator.js";
import parser from "csp_evaluator/dist/parser.js";

const findings = policy => new evaluator.CspEvaluator(new parser.CspParser(policy).csp).evaluate();
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(findings)));
