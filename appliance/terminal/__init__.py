"""The control interface of a TrueConf Room terminal: typed messages, one session, a link that keeps it alive."""
