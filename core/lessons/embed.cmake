# Writes OUTPUT, a C++ file that holds the lessons NAMES of the folder LESSONS and the table CLAIMS.
set(pages "")
foreach(name ${NAMES})
  foreach(language en zh_CN)
    file(READ ${LESSONS}/${name}.${language}.md text)
    string(APPEND pages "        Page{\"${name}\", \"${language}\", R\"page(${text})page\"},\n")
  endforeach()
endforeach()
file(READ ${CLAIMS} claims)
file(WRITE ${OUTPUT} "#include <array>

#include \"core/lessons/claim.h\"
#include \"core/lessons/lesson.h\"

namespace golanes::lessons {

std::span<const Page> pages() {
    static constexpr std::array kPages{
${pages}    };
    return kPages;
}

std::string_view claims_table() {
    return R\"page(${claims})page\";
}

}  // namespace golanes::lessons
")
