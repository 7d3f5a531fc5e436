// autarky: layer tables in four formats, and what is said about those that are wrong.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "compute/network/layer_table.hpp"
#include "compute/network/network_file.hpp"

using namespace autarky;
using namespace autarky::compute;

namespace {

Network read(const std::string& text, Depthwise depthwise = Depthwise::one_layer) {
    Diagnostics diagnostics;
    auto network = read_layer_table(text, "net.csv", diagnostics, depthwise);
    CHECK_MESSAGE(diagnostics.empty(), diagnostics.render());
    return network;
}

/// "line:column code message" of the only finding.
std::string finding(const std::string& text) {
    Diagnostics diagnostics;
    (void)read_layer_table(text, "net.csv", diagnostics);
    REQUIRE(diagnostics.items().size() == 1);
    const auto& d = diagnostics.items().front();
    return std::to_string(d.origin.line) + ":" + std::to_string(d.origin.column) + " " + d.code + " " + d.message;
}

} // namespace

TEST_CASE("a table of our own holds every operator") {
    const auto network = read("# comment\n"
                              "layer,operator,height,width,channels,filters,kernel,stride,padding,groups,queries,heads,"
                              "head_width,elements,repeats\n"
                              "stem,convolution,224,224,3,64,7,2,3\n"
                              "dw,depthwise,112,112,64,,3,1,1\n"
                              "pool,pooling,112,112,64,,3,2,1\n"
                              "att,attention,,,,,,,,,197,12,64,,12\n"
                              "norm,normalisation,,,,,,,,,,,,1000\n");
    REQUIRE(network.layers.size() == 5);
    CHECK(macs(network.layers[0]) == 118'013'952);
    CHECK(macs(network.layers[1]) == 112 * 112 * 64 * 9);
    CHECK(operator_name(network.layers[1].shape) == "depthwise convolution");
    CHECK(footprint(network.layers[2].shape).outputs == 56 * 56 * 64);
    CHECK(macs(network.layers[3]) == 12LL * 2 * 197 * 197 * 64 * 12);
    CHECK(vector_operations(network.layers[4].shape) == 7000);
}

TEST_CASE("three-dimensional convolution, dilation and sides that differ") {
    const auto network = read("layer,operator,height,width,depth,channels,filters,kernel_height,kernel_width,kernel_"
                              "depth,dilation_width,padding_depth\n"
                              "c,convolution,10,10,8,4,4,3,3,3,2,1\n");
    // 8 x (10 - 5 + 1) x 8 outputs, 27*4 window, 4 filters
    CHECK(macs(network.layers[0]) == 8 * 6 * 8 * 27 * 4 * 4);
}

TEST_CASE("SCALE-Sim's convolutions count a window that hangs over the edge, its products are M, N, K") {
    const auto convolution =
        read("Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\r\n"
             "Conv1,224,224,7,7,3,64,2,\r\n");
    CHECK(macs(convolution.layers[0]) == 110LL * 110 * 49 * 3 * 64);
    const auto matrix = read("Layer, M, N, K,\nqkv, 197, 1152, 384,\n");
    CHECK(macs(matrix.layers[0]) == 197LL * 1152 * 384);
}

TEST_CASE("SCALE-Sim's files may give both strides; sparsity other than 1:1 is refused") {
    const std::string head =
        "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Stride ";
    const auto both = read(head + "Height, Stride Width,\nc,9,9,3,3,2,4,1,2,\n");
    CHECK(macs(both.layers[0]) == 7LL * 4 * 9 * 2 * 4);
    CHECK(macs(read(head + ", Sparsity,\nc,9,9,3,3,2,4,1,1:1,\n").layers[0]) == 7LL * 7 * 9 * 2 * 4);
    CHECK(finding(head + ", Sparsity,\nc,9,9,3,3,2,4,1,2:4,\n") == "2:17 E0702 sparsity 2:4 is not supported");
}

TEST_CASE("SCALE-Sim's depthwise layers are one layer, or a layer a channel as SCALE-Sim runs them") {
    const std::string text =
        "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
        "ConvDP,114,114,3,3,32,1,1,\n";
    const auto one = read(text);
    const auto many = read(text, Depthwise::layer_per_channel);
    REQUIRE(one.layers.size() == 1);
    REQUIRE(many.layers.size() == 32);
    CHECK(macs(one) == macs(many));
    CHECK(many.layers[31].name == "ConvDPChannel_31");
}

TEST_CASE("a table of products") {
    const auto network = read("layer,op,M(out_px_or_tokens),N(out_ch),K(reduction),groups_or_batch,count,Hout,Wout,"
                              "MACs_total,params_per_instance\n"
                              "q,gemm,1,4096,4096,1,32,,,536870912,16777216\n"
                              "qk,gemm,1,512,128,32,32,,,67108864,0\n");
    CHECK(macs(network) == 536'870'912 + 67'108'864);
    CHECK(parameters(network) == 16'777'216); // the format does not say how many weights a count has: one
}

TEST_CASE("findings name line and column") {
    const std::string head = "layer,operator,rows,columns,reduction\n";
    CHECK(finding(head + "a,matmul,1,x,3\n") == "2:12 E0702 columns: 'x' is not a whole number");
    CHECK(finding(head + "a,matmul,0,2,3\n") == "2:10 E0702 rows: 0 is less than 1");
    CHECK(finding(head + "a,matmul,1,2,99999999999999999999\n") ==
          "2:14 E0702 reduction: 99999999999999999999 is more than 2147483648");
    CHECK(finding(head + "a,matmul,1,2\n") == "2:1 E0703 this layer needs 'reduction'");
    CHECK(finding(head + "a,matmull,1,2,3\n") == "2:3 E0704 there is no operator 'matmull'");
    CHECK(finding(head + "a,matmul,1,2,3,4\n") == "2:16 E0701 this line has 6 cells, the header 5");
    CHECK(finding("layer,operator,rows,colums,reduction,columns\na,matmul,1,,3,2\n") ==
          "1:21 E0701 there is no column 'colums'");
    CHECK(finding(head) == "1:1 E0701 the layer table has a header and no layers");
    CHECK(finding("") == "1:1 E0701 the layer table is empty");
    CHECK(finding("foo,bar\n1,2\n") == "1:1 E0701 this header is none of a layer table");
    CHECK(finding(head + "\"a,matmul\n") == "2:1 E0701 this quote is not closed");
    CHECK(finding("layer,operator,height,width,channels,filters,kernel,heads\nc,convolution,8,8,4,4,3,2\n") ==
          "2:25 E0703 the operator 'convolution' has no 'heads'");
    CHECK(finding("layer,operator,height,width,channels,filters,kernel\nc,convolution,2,8,4,4,3\n") ==
          "2:1 E0711 layer 'c': its window spans 3 in height, more than the 2 elements of the input");
}

TEST_CASE("all findings of a file are collected") {
    Diagnostics diagnostics;
    const auto network = read_layer_table(
        "layer,operator,rows,columns,reduction\na,matmul,x,y,3\nb,matmul,1,2,3\nc,none\n", "net.csv", diagnostics);
    CHECK(diagnostics.items().size() == 3);
    CHECK(network.layers.size() == 1);
}

TEST_CASE("a table that a spreadsheet saved with semicolons or tabs is the same table") {
    const std::string commas = "layer,operator,height,width,channels,filters,kernel,stride\n"
                               "# a remark, with a comma\nc,convolution,8,8,4,16,3,\n";
    Diagnostics diagnostics;
    const auto wanted = macs(read_layer_table(commas, "net.csv", diagnostics));
    CHECK(wanted > 0);
    for (const char separator : {';', '\t'}) {
        std::string text = commas;
        std::replace(text.begin(), text.end(), ',', separator);
        CHECK(macs(read_layer_table(text, "net.csv", diagnostics)) == wanted);
    }
    // an empty cell in the middle stays one
    std::string gap = "layer,operator,height,width,channels,filters,stride,kernel\nc,convolution,8,8,4,16,,3\n";
    CHECK(macs(read_layer_table(gap, "net.csv", diagnostics)) == wanted);
    std::replace(gap.begin(), gap.end(), ',', '\t');
    CHECK(macs(read_layer_table(gap, "net.csv", diagnostics)) == wanted);
    CHECK_MESSAGE(diagnostics.empty(), diagnostics.render());
}

TEST_CASE(
    "SCALE-Sim's files by their position: doubled and unbreakable headings, batches, remarks, what it writes itself") {
    const std::string row = "c,8,8,3,3,4,16,1";
    const auto macs_of = [](const std::string& text) {
        Diagnostics diagnostics;
        const auto network = read_layer_table(text, "net.csv", diagnostics);
        CHECK_MESSAGE(diagnostics.empty(), diagnostics.render());
        return macs(network);
    };
    const Count wanted = 6LL * 6 * 16 * 4 * 9;
    CHECK(macs_of("Layer, IFMAP Width, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n" +
                  row + ",\n") == wanted);
    const std::string nb = "\xC2\xA0 ";
    CHECK(macs_of("\xEF\xBB\xBFLayer name," + nb + "IFMAP Height," + nb + "IFMAP Width," + nb + "Filter Height," + nb +
                  "Filter Width," + nb + "Channels," + nb + "Num Filter," + nb + "Strides,\nc," + nb + "8,8" + nb +
                  ",3,3,4,16,1,\n") == wanted);
    CHECK(macs_of("Layer\xC2\xA0name,IFMAP\xC2\xA0Height,IFMAP\xE2\x80\xAFWidth,Filter Height,Filter "
                  "Width,Channels,Num Filter,"
                  "Strides,\n" +
                  row + ",\n") == wanted);
    const std::string head =
        "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides";
    CHECK(macs_of(head + ", Batch Size,\n" + row + ", 5,\n") == 5 * wanted);
    CHECK(macs_of(head + ",\n" + row + ", #dw\n") == wanted);
    CHECK(macs_of(
              "Layer name,IFMAP height,IFMAP width,Filter height,Filter width,Channels,Num filter,Stride height,Stride "
              "width,\nc,8,8,3,3,4,16,1,1,1,1,\n") == wanted);
    CHECK(finding(head + ",\n" + row + ", 3\n") ==
          "2:19 E0702 '3' stands where no column is named; SCALE-Sim takes it for a sparsity");
    CHECK(finding(
              "Layer name,IFMAP height,IFMAP width,Filter height,Filter width,Channels,Num filter,Stride height,Stride "
              "width,\nc,8,8,3,3,4,16,1,1,2,4,\n") == "2:20 E0702 sparsity 2:4 is not supported");
}

TEST_CASE("a file is known by its content, and no name or line of it reaches a terminal as more than text") {
    CHECK(is_model("\x08\x08", "renamed.bin"));
    CHECK(is_model("anything", "x.onnx"));
    CHECK_FALSE(is_model("layer,operator\n", "table.txt"));
    Diagnostics told;
    (void)read_network("layer\x1B[31mRED\x07,a\nx,1\n", "net.csv", told);
    CHECK(told.has_errors());
    CHECK(told.render().find('\x1B') == std::string::npos);
    CHECK(told.render().find('\x07') == std::string::npos);
    Diagnostics none;
    const auto network = read_network(
        "layer,operator,rows,columns,reduction\na\x1B[2J,matmul,1,2,3\n\xFF,matmul,1,2,3\n", "net.csv", none);
    REQUIRE(network.layers.size() == 2);
    CHECK(network.layers[0].name.find('\x1B') == std::string::npos);
    CHECK(network.layers[0].name.ends_with("[2J"));
    CHECK(network.layers[1].name.find('\xFF') == std::string::npos);
}
