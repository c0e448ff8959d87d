// Package site is what rendering makes and everything after it takes: a rendered tree with the list of its pages, and for
// each page what it needs.
package site

import "io/fs"

// Site is the rendered work in all its languages for one audience.
type Site struct {
	Files fs.FS // the whole output, never held in memory at once
	Pages []Page
}

// Page is one rendered page.
type Page struct {
	Lang  string
	Path  string // below the language: "practitioners-manual/interviewing/planning"; "" for home
	Title string
	// Foreign counts the texts shown in the source language, of all its Texts.
	Foreign, Texts int
}

// File is the page's name in Files.
func (p Page) File() string {
	if p.Path == "" {
		return p.Lang + "/index.html"
	}
	return p.Lang + "/" + p.Path + "/index.html"
}

// Assets are the built scripts and styles: the path below the output of each entry point, such as "main.css".
type Assets map[string]string
