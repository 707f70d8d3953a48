# golanes_program(target): links a program that runs goroutines. The linker script tells the
# program's own code from all other; the runtime comes first on the link line, so that a template
# which both use is the runtime's copy and lies outside.
function(golanes_program target)
  set(script ${PROJECT_SOURCE_DIR}/cmake/gotext.ld)
  set(first "")
  foreach(library golanes_runtime golanes_trace golanes_base)
    list(APPEND first $<TARGET_FILE:${library}>)
  endforeach()
  list(JOIN first "," first)
  target_link_options(${target} PRIVATE
    "LINKER:--whole-archive,${first},--no-whole-archive" "LINKER:-T,${script}")
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${script})
  add_dependencies(${target} golanes_runtime golanes_trace golanes_base)
endfunction()
