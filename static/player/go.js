// Who asked to start a module meets its next unit at once; without scripts, one click does it.

document.querySelector('form[data-go]')?.requestSubmit();
