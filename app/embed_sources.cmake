# Writes OUTPUT, a C++ file that holds the text of FILES (separated by |), by their paths below ROOT.
string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(rows "")
set(number 0)
foreach(file IN LISTS files)
  file(READ ${file} hex HEX)
  file(RELATIVE_PATH path ${ROOT} ${file})
  string(REGEX REPLACE "(................................)" "\\1\n" lines "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${lines}")
  string(APPEND arrays "constexpr char kText${number}[] = {\n${bytes}};\n\n")
  string(APPEND rows "    {\"${path}\", {kText${number}, sizeof kText${number}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"app/scenario_sources.h\"

namespace golanes::app {
namespace {

${arrays}struct Source {
    std::string_view path;
    std::string_view text;
};

constexpr Source kSources[] = {
${rows}};

}  // namespace

std::string_view scenario_source(std::string_view path) {
    for (const Source& source : kSources) {
        if (source.path == path)
            return source.text;
    }
    return {};
}

}  // namespace golanes::app
")
