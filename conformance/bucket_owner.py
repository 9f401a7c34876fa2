"""Run by moto's interpreter: makes a bucket, says by whose keys, and has signatures checked.

`bucket_owner.py URL BUCKET` takes objects by name from standard input and prints the key and its
secret, both as JSON. It is kept apart from everything else here, whose libraries are not there.
"""

import json
import sys
from urllib.request import Request, urlopen  # noqa: TID251  (there is no egress there)

import boto3  # type: ignore[import-not-found]

EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
}


def main(url: str, bucket: str) -> None:
    anybody = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
    where = {"endpoint_url": url, "region_name": "us-east-1"}
    people = boto3.client("iam", **where, **anybody)
    people.create_user(UserName="desk")
    policy = {"PolicyName": "all", "PolicyDocument": json.dumps(EVERYTHING)}
    people.put_user_policy(UserName="desk", **policy)
    key = people.create_access_key(UserName="desk")["AccessKey"]
    storage = boto3.client("s3", **where, **anybody)
    storage.create_bucket(Bucket=bucket)
    for name, content in json.load(sys.stdin).items():
        storage.put_object(Bucket=bucket, Key=name, Body=content.encode())
    plain = {"Content-Type": "text/plain"}
    check = Request(f"{url}/moto-api/reset-auth", b"0", plain, method="POST")  # noqa: S310
    urlopen(check, timeout=5).close()  # noqa: S310
    sys.stdout.write(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))


if __name__ == "__main__":
    main(*sys.argv[1:])
