
/* offhook: the only variables that are taken from the card, a text and two small numbers; everything else is built in */
#define CFG_ENV_FLAGS_LIST_STATIC "BOOT_ORDER:sw,BOOT_A_LEFT:dw,BOOT_B_LEFT:dw"
