// Package extract reads the article out of a captured news page.
//
// The page is decoded and parsed once. Metadata and links are read from the
// whole tree; then several candidates propose a body and the evidence chooses;
// then what does not belong to the article is removed and the rest is rendered.
// Nothing here touches the network, logs, or keeps state between pages; the same
// bytes always give the same reading.
package extract
