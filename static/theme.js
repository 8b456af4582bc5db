// Runs before the first paint, so that a chosen theme never flashes another.
(function () {
	try {
		var theme = JSON.parse(localStorage.getItem('fournines:theme'));
		if (theme === 'dark' || theme === 'light' || theme === 'contrast')
			document.documentElement.dataset.theme = theme;
	} catch {
		// Nothing stored, or nothing readable: the system's preference holds.
	}
	try {
		// The boot log types itself once a visit.
		if (sessionStorage.getItem('fournines:booted')) document.documentElement.dataset.booted = '';
	} catch {
		// Without storage it types itself on every load; a key or a click ends it.
	}
})();
