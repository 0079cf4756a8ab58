"""The Java that Spark runs on in its tests: found on this machine, or installed (``python -m tests.java``)."""

import shutil

from tests.browser import install_package

if __name__ == "__main__":
    if shutil.which("java") is None:
        print("Java for the tests on Spark is not here yet; installing it.")
        install_package("default-jre-headless")
    if shutil.which("java") is None:
        print("No Java: the tests on Spark will be skipped.")
