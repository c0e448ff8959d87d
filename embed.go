// Package lectern holds the default layouts, assets, static files and interface strings, embedded so that the
// binary builds anybody's repository. A project's own files of the same names take their place.
package lectern

import "embed"

//go:embed all:layouts assets static translations/interface.yaml translations/*/interface.po
var Defaults embed.FS
