package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"newsarchive/internal/fetch"
)

// webhook is where alerts are sent. Without an address nothing is sent.
type webhook struct {
	url      string
	allowNet []string
	allowed  []fetch.AllowNet
}

// check reads the settings.
func (w *webhook) check() error {
	u, err := url.Parse(w.url)
	if w.url != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return usagef("--webhook: not an address such as https://hooks.example/T0")
	}
	for _, s := range w.allowNet {
		n, err := fetch.ParseAllowNet(s)
		if err != nil {
			return usagef("--webhook-allow-net: %w", err)
		}
		w.allowed = append(w.allowed, n)
	}
	return nil
}

// send posts v as JSON. The address may hold a secret: errors do not name it.
func (w *webhook) send(ctx context.Context, v any) error {
	if w.url == "" {
		return nil
	}
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("the webhook's address cannot be used")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", software())
	resp, err := fetch.Service(w.allowed, 30*time.Second).Do(req)
	if ue, ok := err.(*url.Error); ok {
		err = ue.Err
	}
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("the webhook answered with status %d", resp.StatusCode)
	}
	return nil
}
