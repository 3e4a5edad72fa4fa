"""A real S3-compatible server on this machine, which checks keys and signatures, with one bucket in it."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

BUCKET = "ho-so"
REGION = "ap-southeast-1"
_MAY_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
_MAY_READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}


@dataclass(frozen=True)
class BucketServer:
    """Address of the server, and keys of one who may do everything and of one who may only read."""

    url: str
    keys: dict[str, str]
    reader: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return {"AWS_ENDPOINT_URL": self.url, "AWS_ALLOW_HTTP": "true", "AWS_REGION": REGION, **self.keys}


@contextmanager
def bucket_server() -> Iterator[BucketServer]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        # Nobody has a key yet, so that these calls are not checked.
        clients = {name: _client(name, url) for name in ("iam", "s3")}
        clients["s3"].create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        keys, reader = (_new_keys(clients["iam"], name, may) for name, may in (("bot", _MAY_ALL), ("doc", _MAY_READ)))
        # The library checks keys and signatures after so many calls.
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
        yield BucketServer(url, keys, reader)
    finally:
        server.stop()


def _client(name: str, url: str) -> Any:
    return boto3.client(
        name,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
    )


def _new_keys(iam: Any, name: str, may: dict[str, Any]) -> dict[str, str]:
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="files", PolicyDocument=json.dumps(may))
    made = iam.create_access_key(UserName=name)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": made["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"]}
