
/* offhook: the card is behind PCI, which has to be looked through before the state is read */
#define CONFIG_SYS_EARLY_PCI_INIT 1
