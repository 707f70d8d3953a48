# Writes OUTPUT, a C++ file that holds the bytes of the compiled catalogue INPUT.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" lines "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${lines}")
file(WRITE ${OUTPUT} "#include \"ui/panels/mo_reader.h\"

namespace golanes::ui {

std::span<const unsigned char> chinese_catalogue() {
    alignas(4) static constexpr unsigned char kBytes[] = {
${bytes}};
    return kBytes;
}

}  // namespace golanes::ui
")
