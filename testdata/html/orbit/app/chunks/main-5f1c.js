// The app would draw the page from its data here. Programs that run no scripts must read the data themselves.
