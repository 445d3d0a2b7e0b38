"""The planners' desk at /desk: server-rendered pages over ``bot.desk``. No rules live here, only what is shown."""
