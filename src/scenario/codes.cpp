// autarky: explanations of the codes of findings.
// SPDX-License-Identifier: Apache-2.0
#include "scenario/codes.hpp"

#include <array>

namespace autarky {
namespace {

constexpr std::array table{
    CodeExplanation{"E0101", "not TOML", "The file breaks a rule of TOML 1.0. Only the first such place can be told.",
                    "title = AI5", "title = \"AI5\""},
    CodeExplanation{"E0102", "given twice", "A key, heading or id appears twice, so one of the two would be lost.",
                    "area = \"400 mm^2\"\narea = \"420 mm^2\"", "area = \"420 mm^2\""},
    CodeExplanation{"E0103", "too much", "Something is nested too deeply or too long to be a scenario.", "", ""},
    CodeExplanation{"E0104", "not UTF-8", "A byte is no UTF-8 text. Save the file as UTF-8.", "", ""},
    CodeExplanation{"E0201", "not a quantity", "The text does not follow the grammar of quantities.", "\"18,000 USD\"",
                    "\"18_000 USD\""},
    CodeExplanation{"E0202", "no unit", "A number of a quantity stands without its unit.", "wafer_price = 20_000",
                    "wafer_price = \"20_000 USD/wafer\""},
    CodeExplanation{"E0203", "unknown unit", "The unit is not in the table of units.", "\"20_000 USD/wafre\"",
                    "\"20_000 USD/wafer\""},
    CodeExplanation{"E0204", "wrong kind of unit", "The unit measures something else than the key holds.",
                    "width = \"25 mm^2\"", "width = \"25 mm\""},
    CodeExplanation{"E0205", "out of range", "The value lies outside what the key can mean.", "line_yield = \"120 %\"",
                    "line_yield = \"97 %\""},
    CodeExplanation{"E0206", "no such distribution",
                    "The name, number, order or size of the arguments gives no distribution.", "\"pert(4, 2, 1) USD\"",
                    "\"pert(1, 2, 4) USD\""},
    CodeExplanation{"E0207", "wrong kind of value",
                    "A table, text, list or number stands where another kind is wanted.",
                    "[process]\nsf2 = \"Samsung\"", "[process.sf2]\nfoundry = \"Samsung\""},
    CodeExplanation{"E0208", "knots out of order", "The dates of a series do not rise, or there are none, or too many.",
                    "[[\"2027Q1\", \"2 x\"], [\"2026Q1\", \"1 x\"]]", "[[\"2026Q1\", \"1 x\"], [\"2027Q1\", \"2 x\"]]"},
    CodeExplanation{"E0209", "series begins too late",
                    "A series that has no value before its first knot begins after the horizon's start.", "", ""},
    CodeExplanation{"E0210", "not a date", "Dates are 2026, 2026Q2, 2026-04 or 2026-04-15; quarters are 2026Q2.",
                    "start = \"Q2 2026\"", "start = \"2026Q2\""},
    CodeExplanation{"E0211", "no such choice", "The word is none of those that the key knows.", "grade = \"newspaper\"",
                    "grade = \"press\""},
    CodeExplanation{"E0212", "no price for that year",
                    "The price index or the exchange rates do not cover the year that a currency names.",
                    "\"100 USD1950\"", "\"100 USD2020\""},
    CodeExplanation{"E0213", "correlations contradict", "No joint distribution has all of these correlations.", "", ""},
    CodeExplanation{"E0214", "no correlation", "A correlation lies strictly between -1 and 1, and a pair has one.",
                    "rho = 1.2", "rho = 0.9"},
    CodeExplanation{"E0301", "unknown key", "Nothing reads this key, so it would have no effect.",
                    "wafer_prise = \"...\"", "wafer_price = \"...\""},
    CodeExplanation{"E0302", "missing key", "A key without a default is not given.", "", ""},
    CodeExplanation{"E0303", "unknown source", "A value cites a source that no [source.<id>] defines.",
                    "source = \"reuter\"", "source = \"reuters\""},
    CodeExplanation{"E0304", "unknown row", "A reference, path or `use` names something that is not there.",
                    "process = \"sf3\"", "process = \"sf2\""},
    CodeExplanation{"E0305", "unknown variant", "The scenario has no variant of that name.", "--variant artikel",
                    "--variant article"},
    CodeExplanation{"E0306", "circle", "Files or variants extend each other in a circle.", "", ""},
    CodeExplanation{"E0307", "unknown metric",
                    "A claim or an observation names a metric that the model does not compute.", "", ""},
    CodeExplanation{"E0401", "impossible die", "A size, share or count of a die contradicts the others or its wafer.",
                    "", ""},
    CodeExplanation{"E0402", "no use of it",
                    "The numbers are possible alone, but no result follows from them together: a die that fits no "
                    "field, a line of a feeder without impedance.",
                    "", ""},
    CodeExplanation{"E0403", "no source of power", "A power flow needs at least one source that is switched on.", "",
                    ""},
    CodeExplanation{"E0405", "cannot be computed",
                    "A number of a chip is to follow from its accelerator or workload, and does not.", "", ""},
    CodeExplanation{"E0410", "no engine for the power flow",
                    "power-grid-model was not there when the program was built.", "", ""},
    CodeExplanation{"E0411", "refused by the engine",
                    "power-grid-model does not take the feeder or its batch; the message is its own.", "", ""},
    CodeExplanation{
        "E0412", "no power flow",
        "No voltages satisfy the loads of the feeder, or the engine refuses it; nothing can be said of cars.", "", ""},
    CodeExplanation{"E0501", "not a setting", "`--set` takes path=value, and a path is keys with dots between them.",
                    "--set price", "--set \"process.sf2.wafer_price=17_000 USD/wafer\""},
    CodeExplanation{"E0601", "no such file", "The scenario or a file that it names is not there.", "", ""},
    CodeExplanation{"E0602", "too large", "The file is too large to be a scenario.", "", ""},
    CodeExplanation{"E0603", "unreadable", "The file exists but cannot be read.", "", ""},
    CodeExplanation{"E0605", "file inside a value", "A file that a value or `extends` names cannot be used.", "", ""},
    CodeExplanation{"E0701", "not a layer table",
                    "The header, the columns or the number of cells are none of a table of layers.",
                    "layer,operator,rows,colums,reduction\na,matmul,8,8,8",
                    "layer,operator,rows,columns,reduction\na,matmul,8,8,8"},
    CodeExplanation{"E0702", "not a size", "A cell of a layer table is no whole number, or none that a layer can have.",
                    "a,matmul,0,8,8", "a,matmul,1,8,8"},
    CodeExplanation{"E0703", "a cell too few or too many",
                    "The operator of the layer needs this cell, or has no use for it.", "a,matmul,8,8,",
                    "a,matmul,8,8,8"},
    CodeExplanation{"E0704", "unknown operator", "No layer is called that.", "a,matmull,8,8,8", "a,matmul,8,8,8"},
    CodeExplanation{"E0710", "not a model", "The file is no ONNX model, is cut off, or is too large.", "", ""},
    CodeExplanation{"E0711", "impossible shape",
                    "A size is zero or negative, or the sizes of a layer contradict each other.", "", ""},
    CodeExplanation{"E0712", "shape unknown",
                    "A size of the model is open, so layers cannot be counted. `--dimension NAME=SIZE` closes one.", "",
                    ""},
    CodeExplanation{"E0713", "broken graph", "A value of the model is given twice, by nobody, or by way of itself.", "",
                    ""},
    CodeExplanation{"E0714", "shapes disagree", "The model declares another shape for a value than its layers make.",
                    "", ""},
    CodeExplanation{
        "E0715", "nothing counted",
        "The model holds no operator whose work is counted, or none of those that hold its weights. A network of "
        "nothing would meet every deadline.",
        "", ""},
    CodeExplanation{
        "E0801", "not a feeder",
        "A feeder is power-grid-model's JSON: an object with \"version\", \"type\": \"input\" and \"data\".", "", ""},
    CodeExplanation{
        "E0802", "not a series",
        "A series of load has a header with minute (or timestamp), load and ambient_c, and two rows at least.", "", ""},
    CodeExplanation{"E0803", "not a number", "A cell of a series is empty or no number.", "", ""},
    CodeExplanation{
        "E0804", "time stands still",
        "Times of a series must rise from row to row. Where summer time ends an hour repeats: offsets from UTC or "
        "`--daylight-saving` tell the two apart.",
        "2024-10-27T02:30", "2024-10-27T02:30+01:00"},
    CodeExplanation{"E0805", "a gap in a series",
                    "A step is longer than those before it. `--gaps hold` holds the row after it.", "", ""},
    CodeExplanation{"W0215", "correlation without effect", "One of the correlated inputs is certain in this scenario.",
                    "", ""},
    CodeExplanation{"W0216", "cut by the key's range",
                    "The key cannot be what a part of the distribution says, so that part is never drawn and the mean "
                    "moves. From 1 % "
                    "on that is told.",
                    "line_yield = \"normal(95 %, 20 %)\"", "line_yield = \"pert(80 %, 95 %, 99 %)\""},
    CodeExplanation{"W0309", "no source", "Values name no source and count as assumptions in every summary.", "", ""},
    CodeExplanation{"W0310", "taken at its centre",
                    "Networks are laid on a chip once. A size that decides how they lie counts at its centre for "
                    "latencies, and with all its uncertainty for areas.",
                    "", ""},
    CodeExplanation{"W0311", "by-product above cost",
                    "A lesser product is to sell for more than its die costs, so it pays for the chip.", "", ""},
    CodeExplanation{"W0313", "die beyond the field",
                    "The die fits the field at its median and does not at an end of its range.",
                    "width = \"20 to 40 mm\"", "width = \"20 to 26 mm\""},
    CodeExplanation{"W0404", "negative loads", "Loads below zero are taken as what they say: they feed in.", "", ""},
    CodeExplanation{"W0405", "dead nodes", "No switched-on way leads to a source; loads there draw nothing.", "", ""},
    CodeExplanation{"W0406", "a branch to itself", "Both ends are at one node, so it carries nothing.", "", ""},
    CodeExplanation{"W0407", "tap beyond its end",
                    "The position is outside tap_min to tap_max; the engine takes the nearest.", "", ""},
    CodeExplanation{"W0408", "failed scenario",
                    "No voltages satisfy the loads, or the update names what is not there; others are kept.", "", ""},
    CodeExplanation{"W0409", "voltages that cannot be",
                    "A node ended above twice its rated voltage; mostly a unit is wrong.", "u_ref = 400",
                    "u_ref = 1.0"},
    CodeExplanation{"W0410", "unknown attribute",
                    "A feeder or a batch names an attribute that the component does not have; it is ignored.",
                    "p_spec = 5", "p_specified = 5"},
    CodeExplanation{"W0411", "not a number", "NaN is read as null, which means: not given.", "\"sk\": NaN",
                    "\"sk\": null"},
    CodeExplanation{"W0412", "no part in it",
                    "A component of the feeder has no part in this calculation, such as measurements in a power flow.",
                    "", ""},
    CodeExplanation{"W0413", "voltage not held", "A voltage regulator's generator is at the end of its reactive power.",
                    "", ""},
    CodeExplanation{"W0806", "reverse flow", "A negative load heats a transformer as a positive one does.", "", ""},
    CodeExplanation{"W0807", "of another standard", "A key of the data sheet has no part in the chosen model.", "", ""},
    CodeExplanation{
        "W0808", "unusual value",
        "A value of the data sheet lies off the range of its standard; mostly a symbol or a unit is another.",
        "x = 1.3", "x = 0.8"},
};

} // namespace

std::span<const CodeExplanation> code_explanations() { return table; }

const CodeExplanation* explain_code(std::string_view code) {
    for (const auto& row : table)
        if (row.code == code) return &row;
    return nullptr;
}

} // namespace autarky
