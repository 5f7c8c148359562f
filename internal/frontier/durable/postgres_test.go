package durable_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// server is the variable that names a PostgreSQL server, as an address such as
// postgres://user@127.0.0.1:5432/base.
const server = "SCRAPE_TEST_POSTGRES"

func TestPostgres(t *testing.T) {
	needPostgres(t)
	contract(t, schemaOf)
	shared(t, schemaOf)
}

func needPostgres(t *testing.T) {
	t.Helper()
	if os.Getenv(server) == "" {
		t.Skipf("no PostgreSQL server: %s is not set", server)
	}
}

var schemas atomic.Int64

// schemaOf makes an empty schema for the test and returns its address.
func schemaOf(t *testing.T) string {
	t.Helper()
	name := fmt.Sprintf("scrape_test_%d_%d", os.Getpid(), schemas.Add(1))
	inServer(t, "CREATE SCHEMA "+name)
	t.Cleanup(func() { inServer(t, "DROP SCHEMA "+name+" CASCADE") })
	u, err := url.Parse(os.Getenv(server))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

func inServer(t *testing.T, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv(server))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}
