// golanes_async_preempt: what an interrupted goroutine seems to have called. It keeps every
// register and the flags, yields, and goes back to the interrupted instruction, maybe on another
// thread.
//
// On entry, put there by the signal handler (preempt_signal.cpp):
//     0(%rsp)   where to save x87 and vector registers: 64-byte aligned, header zeroed once
//     8(%rsp)   the interrupted instruction
//    16(%rsp)   the interrupted code's red zone, 128 bytes; above it its own stack
#if defined(__x86_64__)

    .macro save register
    pushq %\register
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset \register, 0
    .endm

    .macro load register
    popq %\register
    .cfi_adjust_cfa_offset -8
    .cfi_restore \register
    .endm

    .text
    .globl golanes_async_preempt
    .hidden golanes_async_preempt
    .type golanes_async_preempt, @function
golanes_async_preempt:
    .cfi_startproc
    .cfi_signal_frame               // debuggers: the caller stands on an instruction, not behind a call
    .cfi_def_cfa rsp, 16 + 128      // CFA = the interrupted stack pointer
    .cfi_offset rip, -(128 + 8)
    pushfq
    .cfi_adjust_cfa_offset 8
    save rax
    save rcx
    save rdx
    save rbx
    save rbp
    save rsi
    save rdi
    save r8
    save r9
    save r10
    save r11
    save r12
    save r13
    save r14
    save r15
    cld                             // the calling convention's
    movq %rsp, %rbx
    .cfi_def_cfa_register rbx
    movq 16*8(%rbx), %r13           // the save area: above the 16 words just pushed
    andq $-16, %rsp
    movl $0xE7, %eax                // x87, SSE, AVX, AVX-512: those in use are written
    xorl %edx, %edx
    xsavec64 (%r13)
    call golanes_preempted_here
    movl $0xE7, %eax                // those not written become what they are at birth
    xorl %edx, %edx
    xrstor64 (%r13)
    movq %rbx, %rsp
    .cfi_def_cfa rsp, 16 + 128 + 16*8
    load r15
    load r14
    load r13
    load r12
    load r11
    load r10
    load r9
    load r8
    load rdi
    load rsi
    load rbp
    load rbx
    load rdx
    load rcx
    load rax
    popfq
    .cfi_adjust_cfa_offset -8
    leaq 8(%rsp), %rsp              // drops the save area's address, leaves the flags alone
    .cfi_adjust_cfa_offset -8
    ret $128
    .cfi_endproc
    .size golanes_async_preempt, . - golanes_async_preempt

#endif
    .section .note.GNU-stack, "", @progbits
