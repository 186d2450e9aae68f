"""Static files with hashed names, ES module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    # Without it `import "./socket.js"` would point at the file without a hash.
    support_js_module_import_aggregation = True
