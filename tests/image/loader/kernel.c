/*
 * What a test's slot has for a kernel: an image as U-Boot's booti takes it, which says what it was started with and resets the machine.
 *
 * It runs without memory management, from wherever it was put. SERIAL is where the board's serial line takes a byte, and RPI is defined for
 * a Raspberry Pi 3, whose watchdog resets it.
 */
__asm__(".global _head\n"
        "_head: b go\n"
        " .long 0\n"
        " .quad 0, 0x10000, 0xa, 0, 0, 0\n" /* offset, size in memory, flags: 4 KiB pages, may be anywhere */
        " .ascii \"ARM\\x64\"\n"
        " .long 0\n"
        "go: adr x9, _head\n"
        " add x9, x9, #0x10000\n"
        " mov sp, x9\n"
        " b start\n");

static volatile unsigned *const serial = (volatile unsigned *)SERIAL;

/* the test writes its slot's name over the question mark */
__attribute__((used)) static const char name[] = "SLOT ?";

static void say(const char *text)
{
    while (*text)
        *serial = (unsigned char)*text++;
}

static unsigned big(const unsigned char *at)
{
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

static int is(const unsigned char *at, const char *word)
{
    while (*word && *at == (unsigned char)*word)
        at++, word++;
    return !*word;
}

/* the command line of a device tree, looked for by its first word */
static const char *line(const unsigned char *tree)
{
    for (unsigned at = 0; at < big(tree + 4); at++)
        if (is(tree + at, "offhook.test"))
            return (const char *)tree + at;
    return "none";
}

void start(const unsigned char *tree)
{
    say("@");
    say(name);
    say(" ");
    say(line(tree));
    say("\n");
#ifdef RPI
    *(volatile unsigned *)0x3f10001c = 0x5a000020;
#else
    register unsigned long call __asm__("x0") = 0x84000009; /* PSCI's SYSTEM_RESET */
    __asm__ volatile("hvc #0" : "+r"(call));
#endif
    for (;;)
        __asm__ volatile("wfi");
}
