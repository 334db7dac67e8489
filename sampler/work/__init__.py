"""Work for several: what is to be made, hit by hit, is shared out among workers and kept so that it can go on."""
