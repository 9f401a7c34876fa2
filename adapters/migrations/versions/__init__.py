"""The steps, each written out: what tables are today changes nothing in them."""
