"""One document for many: who builds it, and what the others hold meanwhile."""

import threading

import pytest
from django.db import connection

from streaming.snapshots import PublicDocuments


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_document_has_its_connection_already(track):
    """Else the one who builds it may wait for a connection that the others hold while they wait for it."""
    documents, connected, built = PublicDocuments(), threading.Event(), []

    def ask():
        connection.close()
        wrapped, connection.connect = connection.connect, lambda: (wrapped(), connected.set())
        built.append(documents.get(track.event_id, 0))
        connection.close()

    with documents._locks[track.event_id]:
        thread = threading.Thread(target=ask)
        thread.start()
        assert connected.wait(3)
        assert built == []
    thread.join(3)
    assert [document.revision for document in built] == [0]
