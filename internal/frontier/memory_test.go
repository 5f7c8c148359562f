package frontier_test

import (
	"testing"

	"newsarchive/internal/frontier"
	"newsarchive/internal/frontier/frontiertest"
)

func TestMemory(t *testing.T) {
	frontiertest.Run(t, 0, func(_ *testing.T, o frontier.Options) frontiertest.Frontier {
		return frontier.NewMemory(o)
	})
}
